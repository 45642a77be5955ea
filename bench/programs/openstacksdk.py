"""What a user would do without Pulumi: a script that makes share groups with openstacksdk, or removes them."""

import sys

import openstack


def create(manila, count):
    groups = [manila.create_share_group(name=f"group-{index}") for index in range(count)]
    for group in groups:
        manila.wait_for_status(group, status="available", failures=["error"])


def destroy(manila):
    groups = list(manila.share_groups())
    for group in groups:
        manila.delete_share_group(group)
    for group in groups:
        manila.wait_for_delete(group)


def main(operation, count):
    manila = openstack.connect().shared_file_system
    if operation == "create":
        create(manila, int(count))
    else:
        destroy(manila)


main(*sys.argv[1:])
