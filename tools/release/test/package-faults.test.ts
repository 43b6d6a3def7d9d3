import { describe, expect, it } from 'vitest'
import { BROWSER_FLOOR, browserFaults } from '../src/browser-faults.mjs'
import { contentFaults, unreachedFiles } from '../src/content-faults.mjs'
import { linkFaults, mapFaults } from '../src/link-faults.mjs'
import { manifestFaults, rangeFaults } from '../src/manifest-faults.mjs'
import type { Manifest } from '../src/workspace.mjs'

// Each way in which a package can be unfit to be published, tried once.

const ADDRESS = 'https://example.com/owner/name'
const PLACE = { address: ADDRESS, directory: 'packages/thing' }
const MANIFEST = {
  name: 'thing',
  version: '1.2.3',
  description: 'A thing.',
  keywords: ['agora'],
  license: 'MIT',
  author: 'The authors',
  homepage: `${ADDRESS}/tree/main/packages/thing#readme`,
  bugs: { url: `${ADDRESS}/issues` },
  repository: { type: 'git', url: `git+${ADDRESS}.git`, directory: 'packages/thing' },
  type: 'module',
  sideEffects: false,
  main: './dist/index.js',
  types: './dist/index.d.ts',
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
  engines: { node: '^20.19 || >=22.12' },
  publishConfig: { access: 'public', provenance: true },
  dependencies: { other: '^1.0.0' },
}
const FILES = {
  'package.json': '{}',
  'README.md': '[the guide](https://elsewhere.example/guide) and docker/Dockerfile',
  'docker/Dockerfile': 'FROM scratch',
  'dist/index.js': `import 'other/part'\nexport * from './part.js'\n//# sourceMappingURL=index.js.map`,
  'dist/index.js.map': '{ "sources": ["../src/index.ts"] }',
  'dist/index.d.ts': `import type { Part } from './part.js'\nimport 'node:fs'`,
  'dist/part.js': `// import 'a-comment'\nconst worker = new URL('./worker.js', import.meta.url)`,
  'dist/part.d.ts': `export type Part = import('thing').Whole`,
  'dist/worker.js': '',
  'src/index.ts': '',
}
const filesWith = (changes: object = {}) => new Map(Object.entries({ ...FILES, ...changes }))
const without = (path: keyof typeof FILES) => {
  const files = filesWith()
  files.delete(path)
  return files
}

describe('a manifest', () => {
  it('is fit to be published', () => {
    expect(manifestFaults(MANIFEST, PLACE)).toEqual([])
    expect(rangeFaults(MANIFEST)).toEqual([])
  })

  it.each([
    ['no repository, which provenance needs', { repository: undefined }, 'repository.url'],
    [
      'another repository than the one that publishes',
      { repository: { ...MANIFEST.repository, url: 'git+https://example.com/fork/name.git' } },
      'repository.url',
    ],
    [
      'no directory',
      { repository: { ...MANIFEST.repository, directory: undefined } },
      'repository.directory',
    ],
    ['no homepage', { homepage: undefined }, 'homepage'],
    ['no place for bugs', { bugs: undefined }, 'bugs.url'],
    ['no author', { author: undefined }, 'author'],
    ['no provenance', { publishConfig: { access: 'public' } }, 'provenance'],
    ['a Node that cannot require it', { engines: { node: '>=20' } }, 'engines.node'],
    ['no word on side effects', { sideEffects: undefined }, 'side effects'],
    ['no main', { main: undefined }, '"main"'],
    ['other types', { types: './dist/other.d.ts' }, '"types"'],
    [
      'types that come late',
      { exports: { '.': { default: './dist/index.js', types: './dist/index.d.ts' } } },
      'is not first',
    ],
    ['a script for the users’ machines', { scripts: { postinstall: 'curl' } }, 'would run'],
  ])('with %s is not', (_, changes, word) => {
    const manifest = { ...MANIFEST, ...changes } as Manifest
    expect(manifestFaults(manifest, PLACE).join()).toContain(word)
  })

  it.each(['workspace:^', 'catalog:', 'file:../other', '1.0.0', '~1.0.0', '>=1', '*'])(
    'with a dependency of %s is not',
    (range) => {
      const faults = rangeFaults({ ...MANIFEST, dependencies: { other: range } })
      expect(faults.join()).toContain(`other has the range "${range}"`)
    },
  )

  it('with a peer of a catalog is not', () => {
    expect(rangeFaults({ ...MANIFEST, peerDependencies: { peer: 'catalog:' } })).toHaveLength(1)
    expect(rangeFaults({ ...MANIFEST, peerDependencies: { peer: '>=5' } })).toEqual([])
  })
})

describe('the files of a package', () => {
  it('are fit to be published', () => {
    expect(contentFaults(MANIFEST, filesWith())).toEqual([])
  })

  it('are not, with one that no export reaches', () => {
    const files = filesWith({ 'dist/idle.js': '', 'notes.txt': '' })
    expect(unreachedFiles(MANIFEST, files)).toEqual(['dist/idle.js', 'notes.txt'])
    expect(contentFaults(MANIFEST, files)).toHaveLength(2)
  })

  it.each([
    'dist/index.js',
    'dist/index.d.ts',
    'dist/part.js',
    'dist/part.d.ts',
    'dist/worker.js',
    'dist/index.js.map',
    'src/index.ts',
  ] as const)('are not, without %s', (path) => {
    expect(contentFaults(MANIFEST, without(path)).join()).toContain(`refers to ${path}`)
  })

  it('need no sources that a map holds', () => {
    const files = without('src/index.ts')
    files.set('dist/index.js.map', '{ "sources": ["../src/index.ts"], "sourcesContent": [""] }')
    expect(contentFaults(MANIFEST, files)).toEqual([])
  })

  it.each([
    ['dist/index.js', `import 'missing-peer'`],
    ['dist/part.js', `const peer = await import('missing-peer/part')`],
    ['dist/part.d.ts', `import type { Peer } from 'missing-peer'`],
    ['dist/part.d.ts', `export type Peer = import('missing-peer').Peer`],
  ])('are not, when %s has %s', (path, line) => {
    const files = filesWith({ [path]: `${FILES[path as keyof typeof FILES]}\n${line}` })
    expect(contentFaults(MANIFEST, files).join()).toContain('neither a dependency nor a peer')
    const peerDependencies = { 'missing-peer': '>=1' }
    expect(contentFaults({ ...MANIFEST, peerDependencies }, files)).toEqual([])
  })
})

describe('a link', () => {
  const RAW = 'https://raw.githubusercontent.com/owner/name'
  const exists = (path: string) => path === 'docs/guide.md'
  const faultsOf = (readme: string) =>
    linkFaults(new Map([['README.md', readme]]), { address: ADDRESS, ref: 'v1.2.3', exists })

  it.each([
    `[guide](${ADDRESS}/blob/v1.2.3/docs/guide.md#part)`,
    `![guide](${ADDRESS}/blob/v1.2.3/docs/guide.md?raw=true)`,
    '[part](#part)',
    '[elsewhere](https://elsewhere.example/)',
    '```md\n[code](relative.md)\n```',
    '`[code](relative.md)`',
  ])('leads somewhere: %s', (readme) => {
    expect(faultsOf(readme)).toEqual([])
  })

  it.each([
    ['[guide](../../docs/guide.md)', 'breaks on npm'],
    ['[guide]: docs/guide.md', 'breaks on npm'],
    ['![picture](docs/picture.png)', 'breaks on npm'],
    ['<img src="docs/picture.png">', 'breaks on npm'],
    [`![picture](${RAW}/main/docs/picture.png)`, 'stays with a branch'],
    [`[guide](${ADDRESS}/blob/main/docs/guide.md)`, 'not the version'],
    [`[guide](${ADDRESS}/blob/v1.2.2/docs/guide.md)`, 'not the version'],
    [`[guide](${ADDRESS}/blob/v1.2.3/docs/gone.md)`, 'not in the repository'],
  ])('breaks: %s', (readme, word) => {
    expect(faultsOf(readme).join()).toContain(word)
  })
})

describe('a source map', () => {
  const RAW = 'https://raw.githubusercontent.com/owner/name'
  const exists = (path: string) => path === 'packages/thing/src/index.ts'
  const faultsOf = (map: object) =>
    mapFaults(new Map([['dist/index.js.map', JSON.stringify(map)]]), {
      address: ADDRESS,
      ref: 'v1.2.3',
      exists,
    })

  it.each([
    { sources: [`${RAW}/v1.2.3/packages/thing/src/index.ts`] },
    { sources: ['../src/index.ts'], sourcesContent: ['export {}'] },
  ])('leads to its sources: %j', (map) => {
    expect(faultsOf(map)).toEqual([])
  })

  it.each([
    `${RAW}/main/packages/thing/src/index.ts`,
    `${RAW}/v1.2.3/packages/thing/src/gone.ts`,
    '../src/index.ts',
  ])('leads nowhere, with %s', (source) => {
    expect(faultsOf({ sources: [source] })).toHaveLength(1)
  })
})

describe('code for pages', () => {
  const faultsOf = (code: string, path = 'dist/index.js') =>
    browserFaults(
      new Map([
        ['README.md', `Browsers: ${BROWSER_FLOOR}.`],
        [path, code],
      ]),
    )

  it('runs in the browsers that the README names', () => {
    expect(
      faultsOf('class A { static #a = 1; static { A.#a ??= [1].findLast(Boolean) } }'),
    ).toEqual([])
  })

  it.each([
    ['/[a--b]/v', 'syntax'],
    ['using file = open()', 'syntax'],
    ['import a from "./a.json" with { type: "json" }', 'syntax'],
    ['Object.groupBy([], () => 1)', 'Object.groupBy'],
    ['AbortSignal.any([])', 'AbortSignal.any'],
    ['bytes.toBase64()', '.toBase64('],
  ])('does not, with %s', (code, word) => {
    expect(faultsOf(code).join()).toContain(word)
    expect(faultsOf(code, 'dist/hmac.node.js')).toEqual([])
    expect(browserFaults(new Map([['dist/index.js', code]]))).toEqual([])
  })
})
