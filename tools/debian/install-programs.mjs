/**
 * Sees to it that the tests which need a real Redis, or a Firefox, find one. Where a variable names none,
 * none is on the PATH, and this runs as root on Debian or a relative, it installs Debian's package, without
 * starting a service. Elsewhere it says what would install it. It never fails: whether a missing program
 * matters is for the tests to say.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const INSTALL = 'apt-get install -y --no-install-recommends'
const POLICY = '/usr/sbin/policy-rc.d'
const STEP_TIMEOUT_MS = 120_000

provide('redis-server', 'REDIS_URL')
provide('firefox-esr', 'FIREFOX_PATH')

/**
 * @param {string} program - also the name of its package
 * @param {string} variable - names one that is elsewhere
 */
function provide(program, variable) {
  if (process.env[variable] || isOnPath(program)) return
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    console.log(
      `${program}: none here, its tests will not run; to run them: sudo ${INSTALL} ${program}`,
    )
    return
  }
  console.log(`${program}: installing Debian’s, without a service`)
  const failure = withoutServices(() => install(program))
  console.log(failure ? `${program}: not installed\n${failure}` : `${program}: installed`)
}

/**
 * @param {string} program
 * @returns {string | undefined} what went wrong
 */
function install(program) {
  // The lists of an image are often empty or too old, so that the first try says little.
  if (aptGet(`${INSTALL} ${program}`) === undefined) return undefined
  return aptGet('apt-get update -qq') ?? aptGet(`${INSTALL} ${program}`)
}

/**
 * @param {string} command
 * @returns {string | undefined} what it said, when it failed
 */
function aptGet(command) {
  const [program = '', ...args] = command.split(' ')
  const { status, error, stdout, stderr } = spawnSync(
    program,
    ['-q', '-o', 'DPkg::Lock::Timeout=30', '-o', 'Acquire::http::Timeout=15', ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: STEP_TIMEOUT_MS,
    },
  )
  if (status === 0) return undefined
  return error?.message ?? `${stdout}${stderr}`.trimEnd().split('\n').slice(-5).join('\n')
}

/**
 * Debian's packages start their services unless this file says no (invoke-rc.d(8)).
 *
 * @template T
 * @param {() => T} run
 */
function withoutServices(run) {
  const ours = !existsSync(POLICY)
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return run()
  } finally {
    if (ours) rmSync(POLICY)
  }
}

/** @param {string} program */
function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, program)))
}
