# The standalone token server from the packages on npm, in an empty folder:
#
#   docker build -f node_modules/@rtc-token/server/docker/from-npm.Dockerfile -t rtc-token-server .
#
# `--build-arg VERSION=…` names a version. Secrets come at run time only, as variables or as files.

FROM node:22-slim AS install
ARG VERSION=latest
WORKDIR /app
RUN npm install --omit=dev --no-audit --no-fund --ignore-scripts @rtc-token/server@${VERSION} \
  pino@10 jose@6 ioredis@6 rate-limiter-flexible@11 prom-client@15 @opentelemetry/api@1

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=install --chown=root:root /app /app
USER node
EXPOSE 3000
# Asks whether the process is up; whether to send it requests is for readyz and the balancer.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "node_modules/@rtc-token/server/dist/standalone/main.js"]
