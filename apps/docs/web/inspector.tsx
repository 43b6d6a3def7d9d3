import { createRoot } from 'react-dom/client'

const root = document.querySelector('#inspector')
if (root) createRoot(root).render(<p>Soon.</p>)
