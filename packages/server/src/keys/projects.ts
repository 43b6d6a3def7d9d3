import { isJsonObject, typeOf } from '../checks/kind.ts'
import type { KeyedProject } from './project.ts'
import { checkProject, type Project } from './project.ts'

/** The projects of a handler. A single project needs no name. */
export interface Projects {
  /**
   * Returns the project that a grant names; the only one when the grant does not name a project.
   *
   * @throws {TypeError} when the name is unknown, or is missing while there are several projects
   */
  named(name: string | undefined): KeyedProject
  /** Returns the project of an App ID; a single project is returned for any App ID. */
  ofAppId(appId: () => string): KeyedProject | undefined
  readonly all: readonly KeyedProject[]
}

/**
 * Reads one project, or several by name.
 *
 * @internal
 * @throws {TypeError | TokenError} when there is no project or one of them is malformed
 */
export function readProjects(option: Project | Readonly<Record<string, Project>>): Projects {
  return isProject(option) ? oneProject(checkProject(option, 'project')) : severalProjects(option)
}

function isProject(option: Project | Readonly<Record<string, Project>>): option is Project {
  if (!isJsonObject(option)) {
    const got = Array.isArray(option) ? 'an array' : typeOf(option)
    throw new TypeError(`project: object expected, got ${got}`)
  }
  const members = Object.values(option)
  return (
    members.length === 0 || !members.every((member) => isJsonObject(member) && 'appId' in member)
  )
}

function oneProject(project: KeyedProject): Projects {
  return {
    named(name) {
      if (name === undefined) return project
      throw new TypeError('authorize: a grant names a project, but this handler has only one')
    },
    ofAppId: () => project,
    all: [project],
  }
}

function severalProjects(option: Readonly<Record<string, Project>>): Projects {
  const byName = new Map(
    Object.entries(option).map(([name, project]) => [
      name,
      checkProject(project, `project.${name}`),
    ]),
  )
  const all = [...byName.values()]
  const only = all.length === 1 ? all[0] : undefined
  return {
    named(name) {
      const project = name === undefined ? only : byName.get(name)
      if (project) return project
      throw new TypeError(`authorize: a grant must name one of ${[...byName.keys()].join(', ')}`)
    },
    ofAppId(appId) {
      if (only) return only
      const wanted = appId()
      return all.find((project) => project.appId === wanted)
    },
    all,
  }
}
