import { describe, expect, it, vi } from 'vitest'
import * as compat006 from '../src/compat/agora-access-token.ts'
import * as compat007 from '../src/compat/agora-token.ts'
import { accessToken2Module, accessTokenModule } from './support/original-names.ts'
import { loadOriginalTests, type OriginalTest, runOriginalTest } from './support/original-suite.ts'

// The tests that Agora ships in its npm packages, read from there at test time.
const MODULES_006 = {
  AccessToken: accessTokenModule,
  RtcTokenBuilder: { ...compat006, Role: compat006.RtcRole },
  RtmTokenBuilder: { ...compat006, Role: compat006.RtmRole },
  // Versions 001 to 005 and signaling are no part of these entry points.
  SignalingToken: {},
}
const MODULES_007 = {
  index: compat007,
  AccessToken2: accessToken2Module,
  ApaasTokenBuilder: compat007,
  ChatTokenBuilder: compat007,
  ConvoAITokenBuilder: compat007,
  EducationTokenBuilder: compat007,
  FpaTokenBuilder: compat007,
  RtcTokenBuilder2: { ...compat007, Role: compat007.RtcRole },
  SttTokenBuilder: compat007,
}

const SUITES = [
  ['agora-access-token', 'AccessTokenTest.js', MODULES_006, 1],
  ['agora-access-token', 'RtmTokenTest.js', MODULES_006, 0],
  ['agora-token', 'AccessTokenTest.js', MODULES_006, 5],
  ['agora-token', 'RtmTokenBuilderTest.js', MODULES_006, 1],
  ['agora-token', 'AccessToken2Test.js', MODULES_007, 17],
  ['agora-token', 'ApaasTokenBuilderTest.js', MODULES_007, 3],
  ['agora-token', 'ChatTokenBuilderTest.js', MODULES_007, 2],
  ['agora-token', 'ConvoAITokenBuilderTest.js', MODULES_007, 2],
  ['agora-token', 'EducationTokenBuilderTest.js', MODULES_007, 3],
  ['agora-token', 'FpaTokenBuilderTest.js', MODULES_007, 1],
  ['agora-token', 'RtcTokenBuilder2Test.js', MODULES_007, 8],
  ['agora-token', 'RtmTokenBuilder2Test.js', MODULES_007, 4],
  ['agora-token', 'SttTokenBuilderTest.js', MODULES_007, 2],
] as const

// They test functions private to the original's own files, and a version that is not ours here.
const NOT_OURS = /BufferHelpers|bufferHelpers|SignalingToken/

describe.each(SUITES)('%s %s, on our modules', (name, file, modules, count) => {
  // Four tests of agora-access-token are about classes it no longer has and fail on itself.
  const sound = new Set(
    loadOriginalTests(name, file).flatMap(([title, test]) => (passes(test) ? [title] : [])),
  )
  const tests = loadOriginalTests(name, file, modules).filter(
    ([title]) => sound.has(title) && !NOT_OURS.test(title),
  )

  it(`has the ${count} tests that pass on the package itself`, () => {
    expect(tests).toHaveLength(count)
  })

  for (const [title, test] of tests) it(title, () => runOriginalTest(test))
})

function passes(test: OriginalTest): boolean {
  // The package prints what it cannot read.
  const print = vi.spyOn(console, 'log').mockReturnValue()
  try {
    runOriginalTest(test)
    return true
  } catch {
    return false
  } finally {
    print.mockRestore()
  }
}
