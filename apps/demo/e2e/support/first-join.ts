import { afterEach, inject } from 'vitest'
import { expectInTime, noteJoin } from './life.ts'

// Before each file: what a page took to join when the run began.
noteJoin(inject('joinSeconds'))

afterEach(({ task }) => {
  if (task.result?.state === 'fail') expectInTime()
})
