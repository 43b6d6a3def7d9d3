import { addHeaderButton } from './header-button.ts'

/** Lets the visitor turn the page dark or light; until then it goes by the system's preference. */
export function addThemeSwitch(): void {
  const button = addHeaderButton('', () => {
    show(current() === 'dark' ? 'light' : 'dark')
    name(button)
  })
  name(button)
}

type Theme = 'light' | 'dark'

function name(button: HTMLButtonElement): void {
  button.textContent = current() === 'dark' ? 'Light' : 'Dark'
}

function current(): Theme {
  const chosen = document.documentElement.dataset['theme']
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function show(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem('theme', theme)
  } catch {
    // Then the next page goes by the system's preference again.
  }
}
