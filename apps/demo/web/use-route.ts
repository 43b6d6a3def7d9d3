import { useSyncExternalStore } from 'react'

/** The screens by the hash of the address, with the text of their tab. */
export const ROUTES = {
  call: 'Call',
  inspector: 'Inspector',
  policy: 'Policy lab',
  attacks: 'Attack board',
  rotation: 'Rotation',
} as const

/** The name of a screen. */
export type Route = keyof typeof ROUTES

/** The screen that the address names; the first one where it names none. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, read)
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

function read(): Route {
  const name = location.hash.replace(/^#\//, '')
  return isRoute(name) ? name : 'call'
}

function isRoute(name: string): name is Route {
  return Object.hasOwn(ROUTES, name)
}
