import { useEffect, useState } from 'react'
import { fingerprint } from '../../fingerprint.ts'

/** The fingerprint of a text; empty until it is known. */
export function useFingerprint(text: string): string {
  const [known, setKnown] = useState({ text: '', name: '' })
  useEffect(() => {
    let isWanted = true
    void fingerprint(text).then((name) => isWanted && setKnown({ text, name }))
    return () => {
      isWanted = false
    }
  }, [text])
  return known.text === text ? known.name : ''
}
