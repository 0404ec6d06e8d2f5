# One image for web, worker, beat and the migration. Nothing secret is in it; docker-compose.yml says how it is run.
FROM python:3.12-slim AS build
WORKDIR /app
RUN python -m venv --without-pip /venv
COPY requirements.txt .
RUN pip --python /venv/bin/python install --no-cache-dir --no-compile --require-hashes -r requirements.txt \
    && find /venv -type d -path '*/locale/*' -regextype posix-extended -regex '.*/locale/[a-z]{2,3}([_@-][A-Za-z@]+)*' \
        -not -regex '.*/locale/(en|es)([_@-].*)?' -prune -exec rm -rf {} + \
    && rm -rf /venv/lib/python3.12/site-packages/phonenumbers/geodata /venv/lib/python3.12/site-packages/phonenumbers/carrierdata
COPY manage.py ./
COPY project project
COPY leads leads
COPY templates templates
# Only what is used gets compiled: what these commands load. The keys that local mode makes go with their folder.
RUN export MODE=local DATA_DIR=/tmp/build STATIC_ROOT=/app/static \
    && /venv/bin/python manage.py check && /venv/bin/python manage.py prepare --static \
    && /venv/bin/python -c 'import project.celery, celery.bin.worker, celery.bin.beat, granian.cli' \
    && rm -rf /tmp/build

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    MODE=production DATA_DIR=/data STATIC_ROOT=/app/static
WORKDIR /app
RUN useradd --uid 10001 --no-create-home leadwell && install -d -o leadwell /data
COPY --from=build /venv /venv
COPY --from=build /app /app
USER leadwell
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "project/tools/healthy.py"]
CMD ["granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "8", "--respawn-failed-workers", "--log-level", "warning", "project.wsgi:application"]
