import { missingRuntime } from '@rtc-token/runtimes'
import { describe } from 'vitest'

import { itAnswersEveryCase } from './each-case.ts'
import { RUNTIME_HOSTS } from './runtime-hosts.ts'

for (const host of RUNTIME_HOSTS) {
  const missing = missingRuntime(host.runtime)
  const why = missing === undefined ? '' : ` (not run: ${missing})`
  describe.skipIf(missing !== undefined)(host.name + why, () => itAnswersEveryCase(host))
}
