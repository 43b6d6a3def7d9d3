import { useEffect } from 'react'
import type { RotationState } from '../../../server/rotation/rotation.ts'
import { type Posted, usePost } from '../../use-post.ts'

const EVERY_MS = 1000

/** The rotation as the server sees it, anew every second while a screen shows it. */
export function useRotation(): Posted<RotationState> {
  const posted = usePost<RotationState>()
  const { post } = posted
  useEffect(() => {
    const look = (): void => void post('/demo/rotation/state')
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [post])
  return posted
}
