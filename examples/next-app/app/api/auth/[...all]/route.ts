// Inside the function, as Next runs the top of a module during the build too.
export const POST = async (request: Request) => (await import('@/lib/auth')).auth.handler(request)
export const GET = POST
