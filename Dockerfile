# Gridcast in a container: `docker compose up` beside compose.yaml, or `docker build -t gridcast .`

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The compiler and the pages' builder run on the Node of this image; scripts of packages are not needed for either.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.client.json ./
COPY src ./src
COPY web ./web
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    ffmpeg fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core redis-server tini \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/gridcast
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY bin ./bin
COPY package.json config.example.yml CHANGELOG.md LICENSE ./
RUN ln -s /opt/gridcast/bin/gridcast.js /usr/local/bin/gridcast \
  && install -d -o node -g node -m 0700 /data

# All addresses of the container; which of them the machine shows is said where the port is published.
ENV NODE_ENV=production GRIDCAST_HOST=0.0.0.0 GRIDCAST_DATA=/data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 8080
# By HTTP, or by HTTPS where the server has a certificate, whoever signed it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "-e", "\
  const at = { port: process.env.GRIDCAST_PORT ?? 8080, path: '/healthz', rejectUnauthorized: false };\
  const ask = (by) => require(by).get(at, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));\
  ask('http').on('error', () => ask('https').on('error', () => process.exit(1)));"]
# Somebody has to take the encoders whose mixer was killed: that is what an init is for.
ENTRYPOINT ["tini", "--", "gridcast"]
CMD ["serve"]
