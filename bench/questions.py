"""What is measured: each page of the site with the raw SQL of the same question beside it."""

FLOOR_SQL = """
SELECT line.number, line.occurred_at, agent.name AS agent, agent.employee_id,
       line.concern, line.resolution, line.status, line.feedback
FROM escalations_escalation line JOIN people_agent agent ON agent.id = line.agent_id
WHERE line.program_id = (SELECT id FROM people_program WHERE slug = 'skyline')
ORDER BY line.occurred_at DESC, line.id DESC LIMIT 50
"""
