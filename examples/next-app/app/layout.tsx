import type { ReactNode } from 'react'

export const metadata = { title: 'Rooms' }

const Layout = ({ children }: { children: ReactNode }) => (
  <html lang="en">
    <body>{children}</body>
  </html>
)
export default Layout
