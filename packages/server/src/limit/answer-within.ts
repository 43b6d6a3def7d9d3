/**
 * Waits for an answer, but not for longer than its time. A late one is dropped, a late failure too.
 *
 * @internal
 */
export async function answerWithin<T>(answer: PromiseLike<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => reject(new Error(`no answer within ${timeoutMs} ms`))
    timer = setTimeout(giveUp, timeoutMs)
  })
  try {
    return await Promise.race([answer, timeout])
  } finally {
    clearTimeout(timer)
  }
}
