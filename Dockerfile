# The server in an image of its own, without npm and node_modules. Mount an accounts file, and name it in CALLS_CONFIG.
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm ci

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/schema schema
COPY --from=build /app/dist/bundle dist/bundle
COPY --from=build /app/dist/explorer-page dist/explorer-page
USER node
EXPOSE 4000
HEALTHCHECK CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not by npm: the process itself gets SIGTERM.
CMD ["node", "--heap-growing-percent=30", "--max-semi-space-size=32", "dist/bundle/main.js"]
