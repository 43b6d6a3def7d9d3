import { sourcesOf } from './content-faults.mjs'
import { rawAddress } from './workspace.mjs'

/** @import { Files } from './content-faults.mjs' */

const LINK = /\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|\b(?:href|src)="([^"]+)"/gm

/**
 * The links of a package's documents that break where npm shows them: relative ones, and those into the
 * repository that lead to another version, or to a file that is not there.
 *
 * @param {Files} files
 * @param {{ readonly address: string, readonly ref: string, readonly exists: (path: string) => boolean }} repository
 * @returns {readonly string[]}
 */
export function linkFaults(files, { address, ref, exists }) {
  const raw = rawAddress(address)
  const documents = [...files].filter(([path]) => path.endsWith('.md') && path !== 'CHANGELOG.md')
  return documents.flatMap(([path, text]) =>
    linksIn(text)
      .map((link) => [link, faultOf(link)])
      .filter(([, fault]) => fault !== undefined)
      .map(([link, fault]) => `${path} links to ${link}, ${fault}`),
  )

  /** @param {string} link */
  function faultOf(link) {
    if (link.startsWith('#')) return undefined
    if (!/^https?:/.test(link)) return 'which breaks on npm: write the whole address'
    if (link.startsWith(raw)) return 'which stays with a branch: write blob/…?raw=true'
    if (!link.startsWith(`${address}/blob/`)) return undefined
    const prefix = `${address}/blob/${ref}/`
    if (!link.startsWith(prefix)) return `which is not the version that is published: "${ref}"`
    const [target = ''] = link.slice(prefix.length).split(/[?#]/)
    return exists(target) ? undefined : 'which is not in the repository'
  }
}

/**
 * The sources that a debugger looks for in vain: those that a source map neither holds nor names by their address in
 * the repository, at the version that is published.
 *
 * @param {Files} files
 * @param {{ readonly address: string, readonly ref: string, readonly exists: (path: string) => boolean }} repository
 * @returns {readonly string[]}
 */
export function mapFaults(files, { address, ref, exists }) {
  const prefix = `${rawAddress(address)}${ref}/`
  const maps = [...files].filter(([path]) => path.endsWith('.map'))
  return maps.flatMap(([path, text]) =>
    sourcesOf(text)
      .filter((source) => !source.startsWith(prefix) || !exists(source.slice(prefix.length)))
      .map((source) => `${path} names ${source}, which is not in the repository at "${ref}"`),
  )
}

/**
 * The targets of the links of a document; what stands in code is none.
 *
 * @param {string} text
 */
export function linksIn(text) {
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '')
  return [...prose.matchAll(LINK)].map(([, inline, below, html]) => inline ?? below ?? html ?? '')
}
