import { CAUSES } from '../../src/sdk-errors/causes.ts'
import type { SdkErrorMeaning } from '../../src/sdk-errors/meaning.ts'
import { SDK_ERRORS } from '../../src/sdk-errors/find-rows.ts'
import { ANY_CALLS, nameCalls } from '../../src/sdk-errors/sdk-calls.ts'
import { SDK_NAMES } from '../../src/sdk-errors/wording.ts'

/** The tables of the section "SDK errors" of `docs/errors.md`, as Markdown. */
export function sdkErrorTables(): string {
  const causes = Object.entries(CAUSES).map(
    ([cause, { meaning, remedy }]) =>
      `| \`${cause}\` | ${meaning} | ${nameCalls(remedy, ANY_CALLS)} |`,
  )
  const titles = [...new Set(SDK_ERRORS.map(titleOf))]
  return [
    '### Causes',
    ['| cause | what it means | what to do |', '| --- | --- | --- |', ...causes].join('\n'),
    ...titles.flatMap((title) => [
      `### ${title}`,
      tableOf(SDK_ERRORS.filter((row) => titleOf(row) === title)),
    ]),
  ].join('\n\n')
}

function titleOf({ sdks }: SdkErrorMeaning): string {
  return sdks.map((sdk) => SDK_NAMES[sdk]).join(' and ')
}

function tableOf(rows: readonly SdkErrorMeaning[]): string {
  const lines = rows.map(({ says, cause, meaning, source }) => {
    const more = meaning.slice(CAUSES[cause].meaning.length).trim()
    return `| \`${says}\` | \`${cause}\` | ${more} | ${linked(source)} |`
  })
  return ['| it says | cause | more | source |', '| --- | --- | --- | --- |', ...lines].join('\n')
}

function linked(source: string): string {
  return source.startsWith('https:') ? `[${new URL(source).host}](${source})` : source
}
