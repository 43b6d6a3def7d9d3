#!/usr/bin/env node
// Run in the folder of a package after its build: takes away what no export reaches, such as the
// declarations of inner modules and what an earlier build left.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { unreachedFiles } from './content-faults.mjs'
import { filesIn } from './tarball.mjs'
import { manifestOf } from './workspace.mjs'

const folder = process.cwd()
const built = filesIn(join(folder, 'dist'))
const files = new Map([...built].map(([path, text]) => [`dist/${path}`, text]))
for (const path of unreachedFiles(manifestOf(folder), files)) rmSync(join(folder, path))
