import type { Page } from '../page.ts'
import { writtenPage } from './written-page.ts'

const FOLDER = 'apps/docs/site/pages'

/** The first page. */
export function homePage(): Page {
  return writtenPage(`${FOLDER}/home.md`, 'index')
}

/** Where a visitor pastes a token or an error. */
export function inspectorPage(): Page {
  return writtenPage(`${FOLDER}/inspector.md`, 'inspector', { program: 'inspector' })
}
