const NOT_YET =
  'Nothing has been released yet: version 0.1.0 is ready and waits for its first release.'

/**
 * What the README of the repository says of the state of the release.
 *
 * @param {string} version
 */
export function stateOf(version) {
  return version === '0.0.0'
    ? NOT_YET
    : `The latest release is ${version}; [CHANGELOG.md](CHANGELOG.md) says what is in it.`
}

/**
 * A README as it is once a version is released.
 *
 * @param {string} readme
 * @param {string} version
 */
export function withState(readme, version) {
  return readme
    .replace(/^(?:Nothing has been released yet|The latest release is).*$/m, stateOf(version))
    .replace(/^Until the first release, .*\n\n/m, '')
}
