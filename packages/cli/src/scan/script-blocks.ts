/** A script in a file: the whole file, or one block of a component. */
export interface ScriptBlock {
  readonly text: string
  /** Offset in characters from the start of the file. */
  readonly offset: number
  /** The file extension of its language. */
  readonly extension: string
}

/** The scripts in a file: the whole file, or the content of the `<script>` tags of a Vue or Svelte component. */
export function scriptBlocks(path: string, text: string): ScriptBlock[] {
  const extension = path.slice(path.lastIndexOf('.') + 1)
  return extension === 'vue' || extension === 'svelte'
    ? blocksIn(text)
    : [{ text, offset: 0, extension }]
}

function blocksIn(text: string): ScriptBlock[] {
  const blocks: ScriptBlock[] = []
  let at = text.indexOf('<script')
  while (at >= 0) {
    const start = text.indexOf('>', at) + 1
    const end = text.indexOf('</script', start)
    if (start === 0 || end < 0) break
    const tag = text.slice(at, start)
    const isTyped = /\blang=["']tsx?["']/.test(tag)
    blocks.push({ text: text.slice(start, end), offset: start, extension: isTyped ? 'tsx' : 'jsx' })
    at = text.indexOf('<script', end)
  }
  return blocks
}
