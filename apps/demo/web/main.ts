import type { Welcome } from '../server/welcome.ts'
import { routeToEdge } from './edge-transport.ts'
import { showText } from './view.ts'

const response = await fetch('/demo/welcome', { method: 'POST' })
const welcome: Welcome = await response.json()

if (!welcome.isCloud) routeToEdge()
showText(
  'about',
  `The real Agora web SDK, in a channel of ${
    welcome.isCloud
      ? 'Agora’s cloud, with your project'
      : 'a stand-in for Agora’s edge on this machine'
  }. Tokens live about a minute.`,
)

// Not before the transport is in place: the SDK keeps references of its own.
const { startCall } = await import('./call.ts')
startCall(welcome)
