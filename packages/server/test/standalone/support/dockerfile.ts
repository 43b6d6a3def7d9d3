/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  /** In capitals. */
  readonly name: string
  readonly rest: string
  /** Which `FROM` it belongs to, from 0 on; -1 before the first. */
  readonly stage: number
}

/** Reads a Dockerfile as far as a check of it needs. */
export function readDockerfile(text: string): readonly Instruction[] {
  const lines = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
  let stage = -1
  return lines.map((line) => {
    const [name = '', ...rest] = line.trim().split(/\s+/)
    if (name.toUpperCase() === 'FROM') stage += 1
    return { name: name.toUpperCase(), rest: rest.join(' '), stage }
  })
}
