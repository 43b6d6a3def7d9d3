import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createFind } from '../web/search/find.ts'
import { DIST, textOf } from './support/built-site.ts'

/** A question of a public thread in our words, what one types to find its answer, and the page that has it. */
interface PublicQuestion {
  readonly thread: string
  readonly question: string
  readonly search: string
  readonly page: string
  /** What the page says to it. */
  readonly answer: string
}

const file = new URL('public-questions.json', import.meta.url)
const questions: readonly PublicQuestion[] = JSON.parse(readFileSync(file, 'utf8'))
const module: { readonly default: string } = await import(
  /* @vite-ignore */ pathToFileURL(`${DIST}search-index.js`).href
)
const find = createFind(module.default)
const plain = (text: string) => text.replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ')

describe('twenty questions of public threads', () => {
  it('are of twenty threads', () => {
    expect(new Set(questions.map(({ thread }) => thread)).size).toBe(20)
  })

  it.each(questions)('$thread: $search', ({ search, page, answer }) => {
    const found = find(search).slice(0, 3)
    expect(found.map(({ id }) => id.replace(/\.html.*/, ''))).toContain(page)
    expect(plain(textOf(`${page}.md`))).toContain(answer)
  })
})
