import { useCallback, useState } from 'react'
import { postJson } from './post-json.ts'

/** What became of the last post. */
export interface Posted<Reply> {
  /** Of the last one that went well. */
  readonly reply: Reply | undefined
  /** Why the last one failed; undefined when it did not. */
  readonly problem: string | undefined
  readonly isBusy: boolean
  readonly post: (url: string, body?: object) => Promise<void>
}

/** Posts to the page's own server and keeps the reply. */
export function usePost<Reply>(): Posted<Reply> {
  const [reply, setReply] = useState<Reply>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const post = useCallback(async (url: string, body: object = {}): Promise<void> => {
    setBusy(true)
    try {
      setReply(await postJson<Reply>(url, body))
      setProblem(undefined)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }, [])
  return { reply, problem, isBusy, post }
}
