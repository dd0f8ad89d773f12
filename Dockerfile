# The image of the API, for compose.yaml. The lock decides every version; hashes are checked on the way in.

FROM node:22-slim AS pages
WORKDIR /checkout/browser
COPY browser/explorer/package.json browser/explorer/package-lock.json explorer/
COPY browser/graphiql/package.json browser/graphiql/package-lock.json graphiql/
COPY browser/yasgui/package.json browser/yasgui/package-lock.json yasgui/
RUN for page in explorer graphiql yasgui; do npm ci --prefix "$page" --no-audit --no-fund || exit 1; done
COPY graphql /checkout/graphql
COPY browser ./
RUN for page in explorer graphiql yasgui; do npm run build --prefix "$page" || exit 1; done

FROM python:3.11-slim AS wheels
WORKDIR /checkout
COPY requirements.lock ./
RUN pip download --no-cache-dir --require-hashes --only-binary :all: --dest /wheels --requirement requirements.lock
COPY . ./
COPY --from=pages /checkout/taxonomy/web/static taxonomy/web/static
# From here on pip sees /wheels only, so what was not checked cannot come in.
RUN PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels pip wheel --no-deps --wheel-dir /wheels .

FROM python:3.11-slim
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "occupation-graph[neo4j]"
RUN useradd --create-home --uid 10001 taxonomy && install --directory --owner taxonomy /var/cache/taxonomy
USER taxonomy
WORKDIR /home/taxonomy
ENV PYTHONUNBUFFERED=1 TAXONOMY_HOST=0.0.0.0 TAXONOMY_CACHE=/var/cache/taxonomy
VOLUME /var/cache/taxonomy
EXPOSE 8000
CMD ["taxonomy", "run"]
