import type { FindingCode } from './finding-kinds.ts'
import { type Finding, finding } from './finding.ts'

interface Wrapping {
  readonly code: FindingCode
  readonly message: string
  readonly pattern: RegExp
  readonly unwrap: (text: string) => string
}

// In this order: what is outside comes first.
const WRAPPINGS: readonly Wrapping[] = [
  {
    code: 'TEXT_JSON',
    message: 'The token alone was expected, JSON with a token in it arrived.',
    pattern: /^\s*[{[][^]*?"00[67][^"]*"/,
    unwrap: (text) => /"(00[67][^"]*)"/.exec(text)?.[1] ?? text,
  },
  {
    code: 'TEXT_SPACES',
    message: 'The token alone was expected, spaces or line breaks arrived with it.',
    pattern: /^\s|\s$|[\r\n\t]/,
    unwrap: (text) => text.trim().replaceAll(/[\r\n\t]/g, ''),
  },
  {
    code: 'TEXT_BEARER',
    message: 'The token alone was expected, "Bearer" arrived before it.',
    pattern: /^bearer\s+/i,
    unwrap: (text) => text.replace(/^bearer\s+/i, ''),
  },
  {
    code: 'TEXT_QUOTED',
    message: 'The token alone was expected, quotation marks arrived around it.',
    pattern: /^["'`][^]*["'`]$/,
    unwrap: (text) => text.slice(1, -1),
  },
  {
    code: 'TEXT_PERCENT_ENCODED',
    message: 'Base64 was expected, it arrived encoded for a URL (%2B, %2F, %3D).',
    pattern: /^00[67].*%(2b|2f|3d)/i,
    unwrap: (text) => text.replaceAll(/%(2b|2f|3d)/gi, (hex) => decodeURIComponent(hex)),
  },
  {
    code: 'TEXT_PLUS_LOST',
    message: 'Base64 was expected, spaces arrived inside, as when + is read out of a URL.',
    pattern: /^00[67].* /,
    unwrap: (text) => text.replaceAll(' ', '+'),
  },
  {
    code: 'TEXT_URL_SAFE',
    message: 'Standard base64 with + and / was expected, the URL-safe alphabet arrived.',
    pattern: /^00[67].*[-_]/,
    unwrap: (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
  },
]

/** Takes off what people leave around a token; each wrapping is a finding. */
export function unwrapText(text: string): { readonly text: string; readonly findings: Finding[] } {
  const findings: Finding[] = []
  let inner = text
  for (const { code, message, pattern, unwrap } of WRAPPINGS) {
    if (!pattern.test(inner)) continue
    inner = unwrap(inner)
    findings.push(finding(code, message))
  }
  return { text: inner, findings }
}
