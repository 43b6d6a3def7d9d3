import AgoraRTC, { AgoraRTCProvider } from 'agora-rtc-react'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Call, type Seat } from './call.tsx'

const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
type Me = { name: string; appId: string; seats: readonly Seat[] }

function App() {
  const [me, setMe] = useState<Me | null>()
  const load = async () => setMe(await (await fetch('/me')).json())
  useEffect(() => void load(), [])

  async function logIn(form: FormData) {
    const body = JSON.stringify(Object.fromEntries(form))
    const headers = { 'content-type': 'application/json' }
    const { ok } = await fetch('/login', { method: 'POST', headers, body })
    if (ok) await load()
    else alert('Name or password is wrong.')
  }

  if (me !== null) return me?.seats.map((seat) => <Call key={seat.room} {...me} {...seat} />)
  return (
    <form action={logIn}>
      <input name="name" aria-label="Name" autoComplete="username" />
      <input name="password" aria-label="Password" type="password" />
      <button>Log in</button>
    </form>
  )
}

createRoot(document.body).render(
  <StrictMode>
    <AgoraRTCProvider client={client}>
      <App />
    </AgoraRTCProvider>
  </StrictMode>,
)
