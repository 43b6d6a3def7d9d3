import { createRoot } from 'react-dom/client'

import { Call } from './call.tsx'

// The seat comes in the address, from the test.
const seat = JSON.parse(decodeURIComponent(location.hash.slice(1)))
createRoot(document.querySelector('#root')!).render(<Call {...seat} />)
