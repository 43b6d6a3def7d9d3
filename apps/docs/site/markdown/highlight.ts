import { createCssVariablesTheme, createHighlighterCoreSync } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import bash from '@shikijs/langs/bash'
import css from '@shikijs/langs/css'
import docker from '@shikijs/langs/docker'
import go from '@shikijs/langs/go'
import html from '@shikijs/langs/html'
import http from '@shikijs/langs/http'
import ini from '@shikijs/langs/ini'
import java from '@shikijs/langs/java'
import json from '@shikijs/langs/json'
import php from '@shikijs/langs/php'
import python from '@shikijs/langs/python'
import ruby from '@shikijs/langs/ruby'
import rust from '@shikijs/langs/rust'
import toml from '@shikijs/langs/toml'
import tsx from '@shikijs/langs/tsx'
import yaml from '@shikijs/langs/yaml'
import { escapeHtml } from '../escape-html.ts'

const ALIASES: Readonly<Record<string, string>> = {
  cjs: 'tsx',
  dockerfile: 'docker',
  js: 'tsx',
  jsonc: 'json',
  jsx: 'tsx',
  mjs: 'tsx',
  py: 'python',
  sh: 'bash',
  shell: 'bash',
  ts: 'tsx',
  yml: 'yaml',
}

/** What a theme says of a piece of code, to the class that the style sheet colours. */
const CLASSES: Readonly<Record<string, string>> = {
  comment: 'c',
  constant: 'n',
  function: 'f',
  keyword: 'k',
  string: 's',
  'string-expression': 's',
}

const THEME = createCssVariablesTheme({ name: 'names', variablePrefix: '', variableDefaults: {} })

const highlighter = createHighlighterCoreSync({
  themes: [THEME],
  langs: [
    bash,
    css,
    docker,
    go,
    html,
    http,
    ini,
    java,
    json,
    php,
    python,
    ruby,
    rust,
    toml,
    tsx,
    yaml,
  ].flat(),
  engine: createJavaScriptRegexEngine(),
})

/**
 * Colours code by classes, since the site's policy allows no style in an element.
 *
 * @param language - as it stands behind the fence; an unknown one stays without colours
 * @returns HTML
 */
export function highlight(code: string, language: string): string {
  const lang = ALIASES[language] ?? language
  if (!highlighter.getLoadedLanguages().includes(lang)) return escapeHtml(code)
  // Without a limit of time: on a busy machine it would leave the rest of a line in one colour.
  const options = { lang, theme: THEME.name ?? 'names', tokenizeTimeLimit: 0 }
  const lines = highlighter.codeToTokensBase(code, options)
  const tokens = lines.flatMap((line): Token[] => [{ content: '\n' }].concat(line)).slice(1)
  return piecesOf(tokens).map(pieceHtml).join('')
}

interface Token {
  readonly content: string
  readonly color?: string
}

interface Piece {
  readonly text: string
  readonly className: string | undefined
}

/** Joins neighbours with the same class, also across lines. Blanks have the class of their neighbour. */
function piecesOf(tokens: readonly Token[]): readonly Piece[] {
  const pieces: Piece[] = []
  for (const { content, color } of tokens) {
    const last = pieces.at(-1)
    const className = content.trim() === '' ? last?.className : classOf(content, color)
    if (last && last.className === className) pieces.pop()
    const text = last && last.className === className ? last.text + content : content
    pieces.push({ text, className })
  }
  return pieces
}

/** Signs such as `:` and `=>` are keywords to a grammar, and need no colour. */
function classOf(content: string, color = ''): string | undefined {
  const [, name = ''] = /token-([a-z-]+)/.exec(color) ?? []
  const className = CLASSES[name]
  return className === 'k' && !/\w/.test(content) ? undefined : className
}

function pieceHtml({ text, className }: Piece): string {
  const html = escapeHtml(text)
  if (className === undefined) return html
  const [end = ''] = /\n\s*$/.exec(html) ?? []
  return `<b class=${className}>${html.slice(0, html.length - end.length)}</b>${end}`
}
