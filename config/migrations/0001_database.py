"""What the database itself must know: extensions, folding for search, the shared cache."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

FOLDED = """
CREATE FUNCTION tala_folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent', words)) $$;

CREATE FUNCTION tala_search_text(concern text, resolution text, customer_ref text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT public.tala_folded(' ' || coalesce(concern, '') || ' ' || coalesce(resolution, '')
    || ' ' || coalesce(customer_ref, '')) $$;
"""

UNFOLDED = """
DROP FUNCTION tala_search_text(text, text, text);
DROP FUNCTION tala_folded(text);
"""

CACHE = """
CREATE TABLE IF NOT EXISTS cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FOLDED, UNFOLDED),
        migrations.RunSQL(CACHE, "DROP TABLE IF EXISTS cache"),
    ]
