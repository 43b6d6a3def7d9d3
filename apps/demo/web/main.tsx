import './design/index.css'
import { routeToEdge } from '@rtc-token/edge/browser'
import { createRoot } from 'react-dom/client'
import type { Welcome } from '../server/token-server/welcome.ts'
import { postJson } from './post-json.ts'

const welcome = await postJson<Welcome>('/demo/welcome')
if (!welcome.isCloud) routeToEdge()

// Not before the transport is in place: the SDK keeps references of its own.
const { App } = await import('./app.tsx')
const root = document.querySelector('#root')
if (root) createRoot(root).render(<App welcome={welcome} />)
