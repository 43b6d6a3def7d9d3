import { type ReactNode, useEffect, useRef } from 'react'
import { ThemeSwitch } from './design/theme-switch.tsx'
import type { ScreenProps } from './screen.ts'
import { AttacksScreen } from './screens/attacks/index.tsx'
import { CallScreen } from './screens/call/index.tsx'
import { InspectorScreen } from './screens/inspector/index.tsx'
import { PolicyScreen } from './screens/policy/index.tsx'
import { RotationScreen } from './screens/rotation/index.tsx'
import { type Route, ROUTES, useRoute } from './use-route.ts'

const SCREENS: Readonly<Record<Route, (props: ScreenProps) => ReactNode>> = {
  call: CallScreen,
  inspector: InspectorScreen,
  policy: PolicyScreen,
  attacks: AttacksScreen,
  rotation: RotationScreen,
}

/** The page: five screens under one head. */
export function App({ welcome }: ScreenProps): ReactNode {
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  const Screen = SCREENS[route]
  useEffect(() => {
    document.title = `${ROUTES[route]} · rtc-token`
  }, [route])
  return (
    <>
      {/* No link to #main: the hash of the address names the screen. */}
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Head welcome={welcome} route={route} />
      <main className="shell-main" ref={main} tabIndex={-1} key={route}>
        <Screen welcome={welcome} />
      </main>
    </>
  )
}

function Head({ welcome, route }: ScreenProps & { readonly route: Route }): ReactNode {
  const where = welcome.isCloud ? 'Agora’s cloud, with your project' : 'a stand-in on this machine'
  return (
    <header className="shell-top">
      <div className="shell-bar">
        <div>
          <h1>Tokens that renew themselves</h1>
          <p className="muted">
            The real Agora web SDK against {where}. Tokens live {welcome.ttlSeconds} s.
          </p>
        </div>
        <ThemeSwitch />
      </div>
      <Tabs route={route} />
    </header>
  )
}

function Tabs({ route: current }: { readonly route: Route }): ReactNode {
  return (
    <nav className="shell-tabs" aria-label="Screens">
      {Object.entries(ROUTES).map(([route, text]) => (
        <a key={route} href={`#/${route}`} aria-current={route === current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  )
}
