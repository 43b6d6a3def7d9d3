import { redactSecrets } from '../../errors/redact-secrets.ts'

/** Describes in one line why the program ends. @internal */
export function failureLine(error: unknown): string {
  return redactSecrets(error instanceof Error ? error.message : typeof error)
}
