'use client'
import dynamic from 'next/dynamic'

// Agora's SDK needs a browser: not even its module can be loaded on the server.
export const Calls = dynamic(() => import('./call'), { ssr: false })
