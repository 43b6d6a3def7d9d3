import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/**
 * Makes a function that ends a process and waits until it is gone. The process is also ended when
 * this one ends first, so that a test that was interrupted leaves nothing behind. @internal
 */
export function stopper(child: ChildProcess): () => Promise<void> {
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const gone = once(child, 'close')
  // Without a listener a program that cannot be started would end the tests.
  gone.catch(() => undefined)
  return async () => {
    process.removeListener('exit', kill)
    kill()
    await gone
  }
}
