import { createRequire } from 'node:module'

const fromHere = createRequire(import.meta.url)
const fromOracle = createRequire(fromHere.resolve('@rtc-token/agora-oracle'))

/** The npm packages whose place ours take. */
export type AgoraPackage = 'agora-token' | 'agora-access-token'

/** A builder of theirs or of ours, called by name because the rows of a table name it. */
export type AnyBuilder = Readonly<Record<string, (...args: readonly unknown[]) => string>>

/** What one of Agora's packages exports; its typings leave out a part of it. */
export function agoraPackage(name: AgoraPackage): Readonly<Record<string, AnyBuilder>> {
  return fromOracle(name) as Readonly<Record<string, AnyBuilder>>
}

/** The path of a file inside one of Agora's packages. */
export function agoraFile(name: AgoraPackage, path: string): string {
  return fromOracle.resolve(`${name}/${path}`)
}
