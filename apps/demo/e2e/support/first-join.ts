import { inject } from 'vitest'
import { noteJoin } from './life.ts'

// Before each file: what a page took to join when the run began.
noteJoin(inject('joinSeconds'))
