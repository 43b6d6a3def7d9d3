import type { NavigationPart, Page } from '../page.ts'

/** The list of the pages for programs (`llms.txt`), with what stands first on each. */
export function llmsText(address: string, home: Page, parts: readonly NavigationPart[]): string {
  const lists = parts.map(({ title, entries }) => {
    const lines = entries.map(({ text, page }) => {
      return `- [${text}](${address}${page.path}.md): ${firstSentence(page.markdown)}`
    })
    return `## ${title}\n\n${lines.join('\n')}`
  })
  const optional = `## Optional\n\n- [SKILL.md](${address}SKILL.md): how an assistant writes a safe endpoint\n- [Evaluation cases](${address}evaluation-cases.json): twelve questions, and what their answers must have`
  return `# rtc-token\n\n> ${firstSentence(home.markdown)}\n\n${lists.join('\n\n')}\n\n${optional}\n`
}

/** The first sentence of the first paragraph, without links. */
function firstSentence(markdown: string): string {
  const paragraphs = markdown.trim().split(/\n{2,}/)
  const prose = paragraphs.find((paragraph) => /^[A-Z`@]/.test(paragraph)) ?? ''
  const line = prose.replaceAll(/\s+/g, ' ').replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
  const [sentence = line] = /^.*?[.:!?](?= |$)/.exec(line) ?? []
  return sentence.replace(/:$/, '.')
}
