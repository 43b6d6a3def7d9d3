import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'

type Theme = 'light' | 'dark'

/** Turns the page dark or light. Until it is used, the page goes by the system's preference. */
export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState(systemTheme)
  const other: Theme = theme === 'dark' ? 'light' : 'dark'
  const turn = (): void => {
    document.documentElement.dataset['theme'] = other
    setTheme(other)
  }
  return <Button onPress={turn}>{other === 'dark' ? 'Dark' : 'Light'}</Button>
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
