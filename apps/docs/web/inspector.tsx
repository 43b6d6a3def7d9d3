import { createRoot } from 'react-dom/client'
import { Inspector } from './inspector/inspector.tsx'

const root = document.querySelector('#inspector')
if (root) createRoot(root).render(<Inspector />)
