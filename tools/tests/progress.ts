import { basename } from 'node:path'
import { MinimalReporter, type TestModule, type TestSpecification } from 'vitest/node'

const EVERY_MS = 10_000
/** More names of files than these say less than their number. */
const MOST_NAMES = 5

/** The files of a project of vitest. */
interface Group {
  readonly files: Set<string>
  readonly left: Set<string>
  tests: number
  /** Tests that were tried again, passed or not. */
  again: number
}

/**
 * Prints failures in full, and for each group of tests a line every ten seconds: how much is done, and what
 * is left.
 */
export class Progress extends MinimalReporter {
  readonly #groups = new Map<string, Group>()
  readonly #startedAt = performance.now()
  readonly #greeting: string

  /** @param greeting - printed first: how to repeat the run */
  constructor(greeting: string) {
    super()
    this.#greeting = greeting
  }

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications)
    this.log(this.#greeting)
    for (const { project, moduleId } of specifications) {
      const group = this.#groups.get(project.name) ?? {
        files: new Set(),
        left: new Set(),
        tests: 0,
        again: 0,
      }
      group.files.add(moduleId)
      group.left.add(moduleId)
      this.#groups.set(project.name, group)
    }
    setInterval(() => this.#tellOfAll(), EVERY_MS).unref()
  }

  override onTestModuleEnd(module: TestModule): void {
    super.onTestModuleEnd(module)
    const { name } = module.project
    const group = this.#groups.get(name)
    if (!group?.left.delete(module.moduleId)) return
    for (const test of module.children.allTests()) {
      group.tests += 1
      if (test.diagnostic()?.retryCount) group.again += 1
    }
    if (group.left.size === 0) this.#tell(name, group)
  }

  #tellOfAll(): void {
    for (const [name, group] of this.#groups) if (group.left.size > 0) this.#tell(name, group)
  }

  #tell(name: string, { files, left, tests, again }: Group): void {
    const seconds = Math.round((performance.now() - this.#startedAt) / 1000)
    const done = `${files.size - left.size} of ${files.size} files, ${tests} tests in ${seconds} s`
    // Only browser tests are tried again, and only then: see `whenLate`.
    const late = again > 0 ? `; ${again} tried again because pages answered late` : ''
    this.log(`${name}: ${done}${late}${namesOf(left)}`)
  }
}

function namesOf(left: ReadonlySet<string>): string {
  if (left.size === 0 || left.size > MOST_NAMES) return ''
  const names = [...left].map((file) => basename(file).replace(/\.(?:test|e2e)\.ts$/, ''))
  return `; left: ${names.join(', ')}`
}
