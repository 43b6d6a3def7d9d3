import type { NextConfig } from 'next'

export default { serverExternalPackages: ['libsql'] } satisfies NextConfig
