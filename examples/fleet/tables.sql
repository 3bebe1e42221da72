-- DuckDB: Parquet tables of what parallel.sh wrote.
--
--     duckdb < tables.sql
--
-- Amounts are whole milli-points (mp), so every sum is exact.

create or replace view lines as
select path, status, report, errors
from read_json('reports.jsonl', format = 'newline_delimited', maximum_object_size = 268435456,
  columns = {path: 'VARCHAR', status: 'BIGINT', report: 'VARCHAR', errors: 'VARCHAR'});

create or replace view scores as
select
  path, status,
  report ->> '$.portfolio_id' as portfolio_id,
  (report ->> '$.as_of')::date as as_of,
  report ->> '$.policy_hash' as policy_hash,
  report ->> '$.score.grade' as grade,
  (report ->> '$.score.mp')::bigint as mp,
  (report ->> '$.score.people')::bigint as people,
  case when json_valid(errors)
    then concat(errors ->> '$.errors[0].code', ': ', errors ->> '$.errors[0].message')
    else left(trim(errors), 500) end as first_error
from lines;

create or replace view factors as
select
  path, report ->> '$.portfolio_id' as portfolio_id, (report ->> '$.as_of')::date as as_of,
  one ->> '$.id' as factor, one ->> '$.code' as code, concat((one ->> '$.code')[2:2], 'xx') as grp,
  (one ->> '$.mp')::bigint as mp, one ->> '$.owner' as owner, one ->> '$.act' as act
from (select path, report, unnest(from_json(report -> '$.factors', '["json"]')) as one from lines where status = 0);

copy scores to 'scores' (format parquet, partition_by (status), overwrite_or_ignore);
copy factors to 'factors' (format parquet, partition_by (grp), overwrite_or_ignore);

-- What the fleet looks like, and what could not be scored.
select grade, count(*) as portfolios, sum(mp) / 1000 as points, sum(people) as people from scores where status = 0 group by all order by grade;
select path, first_error from scores where status <> 0 order by path limit 20;
