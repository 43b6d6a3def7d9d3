import type { Token } from 'markdown-it'
import { escapeHtml } from '../escape-html.ts'

const TAB = /\btab="([^"]+)"/

/**
 * What stands around a code block whose fence names a tab (` ```ts tab="Express" `). Neighbours form one box; the page
 * shows one tab of it at a time, and all of them below each other without JavaScript, as GitHub does. Several
 * blocks in a row with one name are one tab.
 */
export function tabMarks(
  tokens: readonly Token[],
  index: number,
): { readonly before: string; readonly after: string } {
  const name = tabOf(tokens[index])
  if (name === undefined) return { before: '', after: '' }
  const [last, next] = [tabOf(tokens[index - 1]), tabOf(tokens[index + 1])]
  const box = last === undefined ? '<div class="tabs">' : ''
  const tab = last === name ? '' : `<section class="tab" aria-label="${escapeHtml(name)}">`
  const tabEnd = next === name ? '' : '</section>'
  const boxEnd = next === undefined ? '</div>' : ''
  return { before: box + tab, after: tabEnd + boxEnd }
}

function tabOf(token: Token | undefined): string | undefined {
  return token?.type === 'fence' ? TAB.exec(token.info)?.[1] : undefined
}
