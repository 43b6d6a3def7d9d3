import { inject } from 'vitest'

/** How long tokens live in these tests, in seconds: some seconds, and more where joining takes long. */
export const LIFE_SECONDS: number = inject('lifeSeconds')
