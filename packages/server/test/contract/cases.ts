import type { ContractCase } from './contract-case.ts'
import { FAILURES, LIMITED } from './failures.ts'
import { MINTED } from './minted.ts'
import { REFUSALS } from './refusals.ts'
import { REFUSED_BODIES } from './refused-bodies.ts'
import { REPLIES } from './replies.ts'

/** All of them. */
export const CASES: readonly ContractCase[] = [
  ...MINTED,
  ...REPLIES,
  ...REFUSED_BODIES,
  ...REFUSALS,
  ...LIMITED,
  ...FAILURES,
]
