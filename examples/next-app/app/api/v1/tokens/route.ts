// Inside the function, as Next runs the top of a module during the build too.
export const POST = async (request: Request) => (await import('@/lib/tokens')).tokens.fetch(request)
