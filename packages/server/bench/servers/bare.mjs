// What node:http can do at most: reads the body, parses it, and answers bytes that it was given.

import { createServer } from 'node:http'
import { report } from './report.mjs'

const { headers, body } = JSON.parse(process.argv[3] ?? '{}')

await report(
  createServer((req, res) => {
    const chunks = []
    req.on('data', (chunk) => chunks.push(chunk))
    req.on('end', () => {
      const { channel } = JSON.parse(Buffer.concat(chunks).toString())
      res.writeHead(channel ? 200 : 400, { ...headers, 'content-length': Buffer.byteLength(body) })
      res.end(body)
    })
  }),
)
