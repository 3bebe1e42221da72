-- DuckDB queries over a folder of JSON reports, one per run of `debt score`:
--
--     mkdir -p reports && debt score --output json:reports/$(date +%F).json
--     duckdb < trend.sql
--
-- Amounts are whole milli-points (mp), so every sum is exact. `portfolio_id` tells portfolios, and parts of one, apart:
-- reports of several may lie in the folder, whatever their squads and factors are called.

create or replace view reports as
select portfolio_id, portfolio, as_of, policy_hash, score, by_group, by_squad, factors, forecast
from read_json(
  'reports/*.json',
  columns = {
    portfolio_id: 'VARCHAR',
    portfolio: 'VARCHAR',
    as_of: 'DATE',
    policy_hash: 'VARCHAR',
    score: 'STRUCT(mp BIGINT, people BIGINT, "index" DOUBLE, grade VARCHAR)',
    by_group: 'STRUCT("key" VARCHAR, mp BIGINT)[]',
    by_squad: 'STRUCT("key" VARCHAR, "name" VARCHAR, mp BIGINT)[]',
    factors: 'STRUCT(id VARCHAR, code VARCHAR, mp BIGINT, owner_label VARCHAR, squad VARCHAR, evidence VARCHAR[])[]',
    forecast: 'STRUCT(days STRUCT("day" DATE, mp BIGINT, missed_mp BIGINT, grade VARCHAR)[])'
  },
  -- A report of 100,000 factors has about 80 MB.
  maximum_object_size = 536870912
);

-- The last report of each week represents that week.
create or replace view weekly as
select date_trunc('week', as_of)::date as week, *
from reports
qualify row_number() over (partition by portfolio_id, date_trunc('week', as_of) order by as_of desc) = 1;

-- Trend by week. If `same_policy` is false, the policy changed too, so the scores are not comparable.
create or replace view by_week as
select
  portfolio_id,
  portfolio,
  week,
  score.mp as mp,
  score.people as people,
  score.grade as grade,
  score.mp - lag(score.mp) over weeks as against_last,
  policy_hash = lag(policy_hash) over weeks as same_policy
from weekly
window weeks as (partition by portfolio_id order by week);

-- Trend by week and squad. A squad without debt in a week has no row for it.
create or replace view by_squad_and_week as
select portfolio_id, portfolio, week, coalesce(squad.name, squad."key", '(none)') as squad, squad.mp as mp
from weekly, unnest(by_squad) as rows(squad);

-- The oldest factors: those of the newest report, by the number of reports that contain them.
create or replace view longest as
with seen as (
  select portfolio_id, as_of, factor.id as id, factor.mp as mp, factor.owner_label as owner, factor.evidence[1] as sentence
  from reports, unnest(factors) as rows(factor)
)
select
  portfolio_id,
  id,
  count(*) as reports,
  min(as_of) as first_seen,
  arg_min(mp, as_of) as first_mp,
  arg_max(mp, as_of) as mp,
  arg_max(owner, as_of) as owner,
  arg_max(sentence, as_of) as sentence
from seen
group by portfolio_id, id
having max(as_of) = (select max(r.as_of) from reports r where r.portfolio_id is not distinct from seen.portfolio_id)
order by reports desc, mp desc, id;

-- Where the newest report that looks ahead (a comparison does not) says that the score goes if nothing happens.
create or replace view ahead as
select portfolio_id, later.day as day, later.mp as mp, later.mp - score.mp as more, later.grade as grade
from (from reports where forecast is not null qualify as_of = max(as_of) over (partition by portfolio_id)), unnest(forecast.days) as rows(later);

from by_week order by portfolio_id, week;
from by_squad_and_week order by portfolio_id, week, mp desc;
from longest limit 20;
from ahead order by portfolio_id, day;
