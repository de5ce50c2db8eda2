"""The front door: pages by section, nothing else."""

import streamlit as st

st.set_page_config(layout="wide", page_icon="🧶", initial_sidebar_state="auto")

PAGES = {
    "Data": [
        st.Page("dashboard/data/data.py", title="Data", default=True),
    ],
    "Partition": [
        st.Page(
            "dashboard/partition/kmeans.py",
            title="k-means boundaries",
            url_path="kmeans",
        ),
        st.Page(
            "dashboard/partition/silhouette.py",
            title="Silhouette sweep",
            url_path="silhouette",
        ),
    ],
    "Structure": [
        st.Page("dashboard/structure/dbscan.py", title="DBSCAN epsilon search", url_path="dbscan"),
        st.Page(
            "dashboard/structure/agglomerative.py",
            title="Agglomerative spirals",
            url_path="agglomerative",
        ),
    ],
    "Applications": [],
    "Neural": [],
}

st.navigation(PAGES, position="top").run()
