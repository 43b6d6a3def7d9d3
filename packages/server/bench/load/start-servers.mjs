import { CANDIDATES, checkedReply } from './candidates.mjs'
import { CORES, nextMessage, startProcess } from './start-process.mjs'

/**
 * @typedef {object} RunningServer
 * @property {string} name
 * @property {string} url
 * @property {number} replyBytes
 * @property {import('node:child_process').ChildProcess} child
 */

/**
 * Starts the servers named, each in a process of its own, and finds that every one of them gives valid
 * tokens. Ours comes first: the others write as many bytes as it does, the bare one the same.
 *
 * @param {readonly string[]} names
 * @param {readonly string[]} execArgv
 * @returns {Promise<RunningServer[]>}
 */
export async function startServers(names, execArgv = []) {
  const [ours = ''] = Object.keys(CANDIDATES)
  const first = await startServer(ours, { execArgv, args: [] })
  const args = [String(first.replyBytes), JSON.stringify(first.reply)]
  const servers = [first]
  for (const name of names) {
    if (name !== ours) servers.push(await startServer(name, { execArgv, args }))
  }
  return servers
}

/**
 * @param {string} name
 * @param {{ args: readonly string[], execArgv: readonly string[] }} options
 */
async function startServer(name, { args, execArgv }) {
  const { file, check } = CANDIDATES[name]
  const child = startProcess(`../servers/${file}`, { core: CORES.server, args, execArgv })
  const { url } = await nextMessage(child)
  const reply = await checkedReply(url, check)
  return { name, url, child, reply, replyBytes: Buffer.byteLength(reply.body) }
}
