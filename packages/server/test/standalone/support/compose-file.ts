/**
 * The members of a block of YAML by their names, as far as a check of a Compose file needs: what stands
 * on the line of a name, or the lines below it that are further in.
 */
export function blocksOf(block: string): ReadonlyMap<string, string> {
  const lines = block.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
  const indent = /^ */.exec(lines[0] ?? '')?.[0] ?? ''
  const start = new RegExp(`^${indent}([\\w-]+):\\s*(.*?)\\s*(?: #.*)?$`)
  const blocks = new Map<string, string>()
  let name = ''
  for (const line of lines) {
    const [, found, text = ''] = start.exec(line) ?? []
    if (found === undefined) blocks.set(name, `${blocks.get(name) ?? ''}${line}\n`)
    else blocks.set((name = found), text)
  }
  return blocks
}
